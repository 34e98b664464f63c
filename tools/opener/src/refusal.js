// What to tell the reader, and nothing else is ever shown.

export class Refusal extends Error {}

export const ASK = "Gebruik dit bestand niet. Bel de afzender, op een nummer dat u al kende."
