const form = /^[a-z0-9._%+-]{1,64}@(?:[a-z0-9-]+\.)+[a-z]{2,}$/
const badDots = /\.\.|^\.|\.@/

/** The address in lower case, or undefined where it is not one. */
export function parseEmail(text: string): string | undefined {
  const email = text.toLowerCase()
  return form.test(email) && !badDots.test(email) ? email : undefined
}

/** The part of a valid address after the `@`. */
export function domainOf(email: string): string {
  return email.slice(email.indexOf('@') + 1)
}
