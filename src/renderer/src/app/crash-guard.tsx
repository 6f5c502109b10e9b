import { Component, type ReactNode } from 'react'
import { reportOf, type ErrorReport } from '../lib/error-report.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'

interface CrashGuardProps {
  readonly children: ReactNode
}

/** Keeps the frame standing when a screen fails to draw itself; React offers this to classes alone. */
export class CrashGuard extends Component<CrashGuardProps, { readonly error: ErrorReport | null }> {
  static getDerivedStateFromError(error: unknown) {
    return { error: reportOf(error) }
  }

  override state = { error: null as ErrorReport | null }

  override render() {
    return this.state.error === null ? this.props.children : <ErrorNotice error={this.state.error} />
  }
}
