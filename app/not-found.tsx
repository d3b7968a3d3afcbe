import { MapPinOff } from 'lucide-react'
import Link from 'next/link'
import { connection } from 'next/server'
import { buttonClass } from '#app/_ui/button-class.ts'
import { Notice } from '#app/_ui/notice.tsx'

export default async function NotFound() {
  // Made for each request like every page: its scripts carry the nonce of their answer.
  await connection()
  return (
    <Notice
      icon={MapPinOff}
      title="Nothing is here"
      action={
        <Link href="/" className={buttonClass('primary')}>
          To the first page
        </Link>
      }
    >
      <p>The address may be mistyped, or what was here has moved on.</p>
    </Notice>
  )
}
