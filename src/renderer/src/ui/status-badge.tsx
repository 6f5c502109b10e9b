import {
  Ban,
  CalendarCheck,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePlus,
  CircleSlash,
  CircleX,
  GitPullRequestArrow,
  Hourglass,
  Info,
  LoaderCircle,
  LockKeyholeOpen,
  Milestone,
  OctagonAlert,
  PencilLine,
  ShieldAlert,
  Siren,
  Stamp,
  Trash2,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import './status-badge.css'

export type Tone = 'good' | 'attention' | 'bad' | 'info' | 'neutral'

const looks = {
  published: { word: 'Published', tone: 'good', icon: CircleCheck },
  partial: { word: 'Published in part', tone: 'attention', icon: TriangleAlert },
  running: { word: 'Running', tone: 'info', icon: LoaderCircle },
  blocked: { word: 'Blocked', tone: 'attention', icon: Ban },
  failed: { word: 'Failed', tone: 'bad', icon: CircleX },
  cancelled: { word: 'Cancelled', tone: 'neutral', icon: CircleSlash },
  pass: { word: 'Passed', tone: 'good', icon: CircleCheck },
  warn: { word: 'Warning', tone: 'attention', icon: TriangleAlert },
  fail: { word: 'Failed', tone: 'bad', icon: CircleX },
  noted: { word: 'Noted', tone: 'neutral', icon: Info },
  none: { word: 'No checks', tone: 'neutral', icon: CircleDashed },
  waiting: { word: 'Waiting', tone: 'neutral', icon: Hourglass },
  done: { word: 'Done', tone: 'good', icon: CircleCheck },
  skipped: { word: 'Skipped', tone: 'neutral', icon: CircleSlash },
  resumed: { word: 'Done before', tone: 'good', icon: CircleCheck },
  open: { word: 'Open', tone: 'attention', icon: ShieldAlert },
  corrected: { word: 'Corrected', tone: 'info', icon: PencilLine },
  released: { word: 'Released', tone: 'good', icon: LockKeyholeOpen },
  waived: { word: 'Waived', tone: 'neutral', icon: Stamp },
  discarded: { word: 'Discarded', tone: 'neutral', icon: Trash2 },
  applied: { word: 'Applied', tone: 'good', icon: CircleCheck },
  retired: { word: 'Retired', tone: 'neutral', icon: CircleSlash },
  conflict: { word: 'Conflict', tone: 'bad', icon: GitPullRequestArrow },
  alarm: { word: 'Unusual', tone: 'bad', icon: OctagonAlert },
  notable: { word: 'Large', tone: 'attention', icon: TriangleAlert },
  usual: { word: 'As usual', tone: 'good', icon: CircleCheck },
  incident: { word: 'Incident', tone: 'bad', icon: Siren },
  expected: { word: 'Expected change', tone: 'info', icon: CalendarCheck },
  new_level: { word: 'New level', tone: 'info', icon: Milestone },
  clean: { word: 'Clean', tone: 'good', icon: CircleCheck },
  added: { word: 'Added', tone: 'good', icon: CirclePlus },
  removed: { word: 'Removed', tone: 'bad', icon: CircleMinus },
  changed: { word: 'Changed', tone: 'attention', icon: PencilLine },
  unchanged: { word: 'Unchanged', tone: 'neutral', icon: CircleDashed },
  undone: { word: 'Undone', tone: 'neutral', icon: Undo2 },
} as const satisfies Record<string, { word: string; tone: Tone; icon: LucideIcon }>

export type Status = keyof typeof looks

/** A state as icon, word and colour; never as colour alone. */
export function StatusBadge({ status, word }: { readonly status: Status; readonly word?: string }) {
  const look = looks[status]
  const Icon = look.icon
  return (
    <span className={`status tone-${look.tone}`}>
      <Icon aria-hidden="true" />
      {word ?? look.word}
    </span>
  )
}
