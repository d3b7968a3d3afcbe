/** An order of a shop in Berlin, with everything that an order can have. */
export const BERLIN = {
  store: { name: 'Curry 36, Mehringdamm', lat: 52.4933706, lng: 13.3879212, phone: '+49 30 7744-1001' },
  destination: { name: 'Bergmannstraße 14, Hinterhof', lat: 52.4890001, lng: 13.3942 },
  rider: { name: 'Ayşe', phone: '+49 (151) 7744-1002' },
  customer: { name: 'Jörg Müller', phone: '0151 77441003' },
  note: 'Second yard.\nRing twice, code 7744-1004.',
}

/** The digits of each phone, and the note's code: none of them may be found where they do not belong. */
export const BERLIN_SECRETS = ['77441001', '77441002', '77441003', '77441004']
