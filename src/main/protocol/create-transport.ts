import { errorFromReport } from '../kernel/app-error.ts'
import type { OutputOf, PayloadOf } from './method.ts'
import type { Endpoint } from './endpoint.ts'
import type { Transport } from './transport.ts'

/** The typed view of an endpoint; a refused call rejects with the `AppError` that the engine threw. */
export function createTransport(endpoint: Endpoint): Transport {
  return {
    async call(method, input) {
      const answer = await endpoint.call(method.name, input)
      if (!answer.ok) throw errorFromReport(answer.error)
      return answer.output as OutputOf<typeof method>
    },
    subscribe(topic, listener) {
      return endpoint.listen((event) => {
        if (event.topic === topic.name) listener(event.payload as PayloadOf<typeof topic>)
      })
    },
  }
}
