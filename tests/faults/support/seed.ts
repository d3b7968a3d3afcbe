/** What chance goes by: always the same, unless FAULT_SEED says otherwise (`random` takes a new one). Printed, to be repeated. */
export function seed(): number {
  const asked = process.env.FAULT_SEED ?? '20260731'
  const chosen = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked)
  console.log(`FAULT_SEED=${chosen}`)
  return chosen
}
