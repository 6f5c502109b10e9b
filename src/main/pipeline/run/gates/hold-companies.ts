import { judgeCompanies, type CompaniesVerdict } from '../../gate/companies-gate.ts'
import { readCompanyHistory } from '../../gate/company-history.ts'
import type { CompanyVerdict, Delivery } from '../../gate/delivery.ts'
import { recordGate, type GateOutcome } from '../../gate/gate-records.ts'
import { counted, listed, namedRuns } from '../../gate/words.ts'
import type { GatePlan } from './gate-plan.ts'
import { heldByGates } from './held-by-gates.ts'
import { recordVerdict } from './record-verdict.ts'

/** So many companies are named in a message, the others counted. */
const mostNamed = 5

/**
 * Judges the companies of a delivery and records those that are held, let through, or held no more. Gives the message that holds the
 * whole delivery where half of them or more are not as usual: that is not one company's feed.
 */
export function holdCompanies(plan: GatePlan, delivery: Delivery, accepted: string): readonly string[] {
  const { connection, runId, publishedRun, asOf, log } = plan
  const history = readCompanyHistory(connection, delivery.source, accepted)
  const watched = new Set(
    heldByGates(connection, publishedRun).flatMap(({ source, company }) =>
      source === delivery.source ? [company] : [],
    ),
  )
  const judged = judgeCompanies(delivery, history, asOf, watched)
  const held: CompanyVerdict[] = []
  const allowed: CompanyVerdict[] = []
  for (const verdict of judged.told) {
    const { override, isHeld } = recordVerdict(plan, delivery, verdict)
    if (override !== null) allowed.push(verdict)
    else if (isHeld) held.push(verdict)
  }
  const summary = summaryOf(delivery, judged, held, allowed)
  recordGate(connection, runId, delivery, summary)
  if (summary.status === 'held') return [summary.message]
  if (summary.status === 'warn') log('warn', `${summary.message} ${held.map(({ message }) => message).join(' ')}`)
  return []
}

function summaryOf(
  { source }: Delivery,
  { judged, learnedFrom }: CompaniesVerdict,
  held: readonly CompanyVerdict[],
  allowed: readonly CompanyVerdict[],
): GateOutcome {
  const facts = { gate: 'companies', value: held.length, low: null, high: null, learnedFrom } as const
  if (judged === 0) {
    const message = `${source}: no company has come often and large enough to be judged by itself.`
    return { ...facts, status: 'quiet', value: null, learnedFrom: [], message }
  }
  const others = `${counted(judged - held.length - allowed.length)} of ${counted(judged)} companies that can be judged`
  const shown = namedRuns(learnedFrom)
  if (held.length > 1 && 2 * held.length >= judged)
    return {
      ...facts,
      status: 'held',
      message: `${source}: ${named(held)} do not have the rows that are usual; only ${others} do, as ${shown} show. So many are not one company's feed: all of the delivery is held.`,
    }
  if (held.length > 0)
    return {
      ...facts,
      status: 'warn',
      message: `${source}: held back, as readers saw it before: ${named(held)}; ${others} are as usual, as ${shown} show.`,
    }
  if (allowed.length > 0)
    return { ...facts, status: 'allowed', message: `${source}: ${named(allowed)} let through; ${others} are as usual.` }
  return { ...facts, status: 'pass', message: `${source}: ${others} are as usual, as ${shown} show.` }
}

function named(verdicts: readonly CompanyVerdict[]): string {
  const names = verdicts.slice(0, mostNamed).map(({ company }) => company)
  const more = verdicts.length - names.length
  return listed(more === 0 ? names : [...names, `${counted(more)} more`])
}
