import { connection } from 'next/server'
import { NothingHere } from '#app/_ui/nothing-here.tsx'

export default async function NotFound() {
  // Made for each request like every page: its scripts carry the nonce of their answer.
  await connection()
  return <NothingHere />
}
