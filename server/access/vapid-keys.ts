import { createECDH, hkdfSync } from 'node:crypto'
import { StartUpError } from '../ground/start-up-error.ts'

/** A pair on P-256, each in base64url: the point uncompressed, the number in 32 bytes. Push services know the server by it (RFC 8292). */
export type VapidKeys = { publicKey: string; privateKey: string }

/** The order of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** 64 bits more than the order has, so that the remainder favours no key (FIPS 186-5 §A.2.1). */
const SEED_BYTES = 40

type Given = { vapidPrivateKey: string | undefined; vapidPublicKey: string | undefined }

/**
 * The given pair, or the one that this secret stands for: it is kept with the secret of the links, the same for all instances,
 * and gone when that is replaced, as every link is.
 * @throws StartUpError when the given keys are no pair
 */
export function vapidKeys(secret: string, { vapidPrivateKey, vapidPublicKey }: Given): VapidKeys {
  const pair = vapidPrivateKey === undefined ? pairOf(numberFrom(secret)) : pairOfGiven(vapidPrivateKey)
  if (vapidPublicKey !== undefined && vapidPublicKey !== pair.publicKey)
    throw new StartUpError('VAPID_PUBLIC_KEY does not belong to VAPID_PRIVATE_KEY.')
  return pair
}

function numberFrom(secret: string): Buffer {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'rider-live vapid', SEED_BYTES)).toString('hex')
  const number = (BigInt(`0x${seed}`) % (ORDER - 1n)) + 1n
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex')
}

function pairOfGiven(privateKey: string): VapidKeys {
  try {
    return pairOf(Buffer.from(privateKey, 'base64url'))
  } catch {
    throw new StartUpError('VAPID_PRIVATE_KEY is no key on P-256.')
  }
}

function pairOf(number: Buffer): VapidKeys {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(number)
  return { publicKey: curve.getPublicKey('base64url'), privateKey: number.toString('base64url') }
}
