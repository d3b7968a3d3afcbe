import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openRider } from './support/people.ts'
import { TRANSLATORS, translate } from './support/translate.ts'

for (const { how, ...details } of TRANSLATORS)
  test(
    `[UI1] R19: the rider’s page under a translator, its text nodes ${how}`,
    details,
    async ({ app, newPerson }) => {
      const created = await dispatch(app.url).createDelivery()
      const phone = await newPerson({
        viewport: { width: 390, height: 844 },
        losesNetwork: true,
        permissions: ['geolocation'],
        geolocation: { latitude: 37.4994, longitude: 127.0294, accuracy: 9 },
      })
      const rider = await openRider(phone, created.rider.url)
      await translate(phone, how)
      const button = (name: string) => phone.getByRole('button', { name, exact: true })

      await rider.choose({ everyS: 1, speed: 10 })
      await button('Start ride').click()
      await expect(phone.getByTestId('rider-status')).toHaveText('Picked up')
      await expect.poll(rider.acknowledged, { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
      await expect(phone.getByTestId('post').first()).toContainText('POST seq')
      await button('Pause ride').click()
      await button('Continue ride').click()

      await phone.context().setOffline(true)
      await expect(phone.getByTestId('sending-notice')).toContainText('You are offline')
      await expect(phone.getByTestId('sending-notice')).toContainText(/[3-9] positions wait/)
      await phone.context().setOffline(false)
      await expect(phone.getByTestId('sending-notice')).toBeHidden()

      const device = phone.getByRole('switch', { name: 'Use this device’s GPS' })
      await device.check()
      await expect(phone.getByTestId('device-line')).toContainText('Sharing this device’s position', {
        timeout: 60_000,
      })
      await phone.getByRole('switch', { name: 'Share location' }).uncheck()
      await expect(phone.getByTestId('device-line')).toContainText('is not shared')
      await device.uncheck()

      await button('Replace the customer’s link').click()
      await button('Replace it').click()
      await expect(phone.getByTestId('new-customer-link')).toBeVisible()

      await button('Cancel').click()
      // Until then it could be the second tap of a double tap.
      await expect(button('Yes, cancel it')).toBeEnabled()
      await button('Keep riding').click()
      await button('Continue ride').click()
      await expect(button('At the door: hand it over')).toBeVisible({ timeout: 120_000 })
      await expect(phone.getByTestId('rider-status')).toHaveText('Arriving')
      await rider.end('At the door: hand it over')
      await expect(phone.getByTestId('rider-status')).toHaveText('Delivered')
      await expect(phone.getByTestId('rider-notice')).toContainText('This delivery has ended')
    },
  )
