import { weekdayOf } from '../../src/main/pipeline/drift/calendar.ts'
import { drawsOf, type Draws } from '../pipeline/drift/simulated-metrics.ts'

/** What goes wrong with the feeds of one day. */
export type PlantedDrift =
  'shifted_amounts' | 'new_carrier' | 'nulls_in_company' | 'lost_company' | 'swapped_columns' | 'wrong_weekday'

/** A Monday: on the first day every feed comes, with all companies. */
export const firstDay = 18_995
/** The company of which rows are lost, or lose a value: the sixth in size of all. */
export const plantedCompany = companyOf(5)

const companies = Array.from({ length: 25 }, (_, index) => ({ ein: companyOf(index), weight: (index + 1) ** -0.5 }))
const carriers = ['Aetna', 'Cigna', 'Kaiser', 'UnitedHealthcare', 'Anthem', 'Humana', 'Oscar', 'Molina']
/** From Thursday on. */
const volumes = [1.05, 0.9, 0.35, 0.25, 1.2, 1.1, 1]
const claimTypes = { Medical: 120, Dental: 80, Vision: 60, Life: 900, Disability: 400 } as const
const isMonday = (day: number) => weekdayOf(day) === 4
const isThursday = (day: number) => weekdayOf(day) === 0

/** Files of one day by name: claims every day, plans on Mondays and Thursdays, employees on Mondays. The same for the same seed and day but for what is planted. */
export function dailyFeeds(seed: number, day: number, size: FeedSize, planted?: PlantedDrift): Record<string, string> {
  const name = (feed: string) => `${feed}_${dateOf(day)}.csv`
  const files: Record<string, string> = { [name('claims')]: claimsOf(seed, day, size, planted) }
  if (isMonday(day) || isThursday(day)) files[name('plans')] = plansOf(seed, day, planted)
  if (isMonday(day)) files[name('employees')] = employeesOf(seed, day)
  if (day === firstDay) files['companies.csv'] = companiesFeed()
  return files
}

function claimsOf(seed: number, day: number, { rowsADay, pastDays }: FeedSize, planted?: PlantedDrift): string {
  const draws = drawsOf(seed * 100_003 + day)
  const rows = draws.poisson(
    (day === firstDay ? pastDays : 1) *
      rowsADay *
      volumeOn(planted === 'wrong_weekday' ? day + 5 : day) *
      (1 + 0.05 * draws.normal()),
  )
  const header = [
    'claim_id',
    'company_ein',
    'person_id',
    'plan_id',
    'service_date',
    'amount',
    'claim_type',
    'status',
    'last_updated',
  ]
  if (planted === 'swapped_columns') header.splice(2, 2, 'plan_id', 'person_id')
  const lines = Array.from({ length: rows }, (_, index) =>
    claimOf(draws, day, index, planted, day === firstDay ? pastDays : 0),
  )
  return `${[header.join(','), ...lines.filter((line) => line !== '')].join('\n')}\n`
}

/** How large feeds are. */
export interface FeedSize {
  readonly rowsADay: number
  /** So many days come at once on the first day, so that what looks back finds something. */
  readonly pastDays: number
}

/** One claim in twenty is a later word on one of the day before; one in a hundred is broken. */
function claimOf(
  draws: Draws,
  day: number,
  index: number,
  planted: PlantedDrift | undefined,
  pastDays: number,
): string {
  const { uniform, normal } = draws
  const company = pick(uniform(), companies).ein
  const type = claimTypeOf(uniform(), day)
  const isUpdate = day > firstDay && uniform() < 0.05
  const lag = Math.floor(pastDays * uniform() - 12 * Math.log(1 - uniform()))
  const amount = claimTypes[type] * Math.exp(0.7 * normal()) * (planted === 'shifted_amounts' ? 1.4 : 1)
  const person = `P${company.slice(3, 6)}${Math.floor(uniform() * 400)}`
  const hasPlan = uniform() < (planted === 'nulls_in_company' && company === plantedCompany ? 0.4 : 0.98)
  const plan = `PL-${company.slice(0, 2)}-${Math.floor(uniform() * 12)}`
  const status = uniform() < 0.8 ? 'paid' : uniform() < 0.6 ? 'pending' : 'denied'
  const isBroken = uniform() < 0.01
  if (planted === 'lost_company' && company === plantedCompany) return ''
  return [
    isUpdate ? `C${day - 1}-${index % 100}` : `C${day}-${index}`,
    company,
    uniform() < 0.005 ? '' : person,
    hasPlan ? plan : '',
    dateOf(day - lag),
    isBroken ? 'unknown' : amount.toFixed(2),
    type,
    status,
    `${dateOf(day)}T06:00:00Z`,
  ].join(',')
}

function plansOf(seed: number, day: number, planted?: PlantedDrift): string {
  const draws = drawsOf(seed * 200_003 + day)
  const rows = day === firstDay ? 300 : draws.poisson(60)
  const types = ['Medical', 'Dental', 'Vision'] as const
  const lines = Array.from({ length: rows }, (_, index) => {
    const company = pick(draws.uniform(), companies).ein
    const usual = carriers[Math.floor(carriers.length * draws.uniform() ** 1.5)] ?? ''
    const carrier = planted === 'new_carrier' && draws.uniform() < 0.3 ? 'Bright Health' : usual
    const start = day - Math.floor(draws.uniform() * 300)
    return [
      `L${day}-${index}`,
      company,
      types[Math.floor(3 * draws.uniform())] ?? '',
      carrier,
      dateOf(start),
      dateOf(start + 364),
      `${dateOf(day)}T05:00:00Z`,
    ].join(',')
  })
  return `plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated\n${lines.join('\n')}\n`
}

function employeesOf(seed: number, day: number): string {
  const draws = drawsOf(seed * 300_007 + day)
  const rows = day === firstDay ? 400 : draws.poisson(30)
  const lines = Array.from({ length: rows }, (_, index) => {
    const company = pick(draws.uniform(), companies).ein
    const start = dateOf(day - Math.floor(draws.uniform() * 1_000))
    return `E${day}-${index},Clerk,e${index}@c${company.slice(0, 2)}.com,${company},${start},,${dateOf(day)}T05:00:00Z`
  })
  return `person_id,title,email,company_ein,start_date,end_date,last_updated\n${lines.join('\n')}\n`
}

function companiesFeed(): string {
  const lines = companies.map(({ ein }, index) => `${ein},Company ${index},${10 + index}`)
  return `company_ein,company_name,employee_count\n${lines.join('\n')}\n`
}

/** By weekday, and half as many again in the last two days of a month. */
function volumeOn(day: number): number {
  const isMonthEnd = new Date((day + 2) * 86_400_000).getUTCDate() <= 2
  return (volumes[weekdayOf(day)] ?? 1) * (isMonthEnd ? 1.5 : 1)
}

/** More eyes on Mondays. */
function claimTypeOf(chance: number, day: number): keyof typeof claimTypes {
  const vision = isMonday(day) ? 0.3 : 0.15
  if (chance < vision) return 'Vision'
  const rest = (chance - vision) / (1 - vision)
  return rest < 0.6 ? 'Medical' : rest < 0.9 ? 'Dental' : rest < 0.96 ? 'Life' : 'Disability'
}

function companyOf(index: number): string {
  return `${20 + index}-${String(1_234_567 + 7_919 * index).padStart(7, '0')}`
}

function pick<Item extends { readonly weight: number }>(chance: number, items: readonly Item[]): Item {
  let left = chance * items.reduce((sum, { weight }) => sum + weight, 0)
  return items.find(({ weight }) => (left -= weight) < 0) ?? (items[0] as Item)
}

/** A day as `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
