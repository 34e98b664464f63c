// JSON that is read strictly: of exactly this shape, and to the byte as the program writes it.

/** A key that may be absent: `record({ note: maybe(text) })`. */
export const maybe = (fits) => Object.assign((value) => fits(value), { isOptional: true })

export const text = (value) => typeof value === "string"
export const yes = (value) => value === true
export const flag = (value) => typeof value === "boolean"
export const whole = (least, most) => (value) => Number.isInteger(value) && !Object.is(value, -0) && value >= least && value <= most
export const like = (pattern) => (value) => text(value) && pattern.test(value)
export const oneOf = (...known) => (value) => known.includes(value)
export const orNull = (fits) => (value) => value === null || fits(value)
export const list = (fits) => (value) => Array.isArray(value) && value.every(fits)
export const table = (fits) => (value) => isObject(value) && Object.values(value).every(fits)
export const digest = like(/^[0-9a-f]{64}$/)

/** An object with these keys, in this order, and no others. */
export const record = (shape) => (value) => {
  if (!isObject(value)) return false
  const keys = Object.keys(shape).filter((key) => Object.hasOwn(value, key) || !shape[key].isOptional)
  return Object.keys(value).join("\n") === keys.join("\n") && keys.every((key) => shape[key](value[key]))
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value)

/** What stands in bytes of this shape, indented by so many. Throws for all that the program would write otherwise. */
export function strictly(data, fits, indent) {
  const said = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data)
  const value = JSON.parse(said)
  const canonical = `${JSON.stringify(value, null, indent)}\n`
  const halfCharacters = /\\u[dD]/.test(canonical.replaceAll("\\\\", ""))
  if (!fits(value) || canonical !== said || halfCharacters) throw new Error("another shape")
  return value
}
