/** The bridges over the Han, drawn above the water; from the south bank to the north bank. */
export type BridgeSource = { name: string; nameKo: string; path: string }

export const BRIDGES: readonly BridgeSource[] = [
  { name: 'Hannam Bridge', nameKo: '한남대교', path: '37.5229,127.0155 37.5325,127.0087' },
  { name: 'Dongho Bridge', nameKo: '동호대교', path: '37.5301,127.0262 37.5425,127.0168' },
  { name: 'Seongsu Bridge', nameKo: '성수대교', path: '37.5308,127.0347 37.5418,127.0375' },
  {
    name: 'Yeongdong Bridge',
    nameKo: '영동대교',
    path: '37.5251,127.0562 37.5358,127.0592',
  },
  { name: 'Cheongdam Bridge', nameKo: '청담대교', path: '37.5213,127.0626 37.5315,127.0703' },
  { name: 'Jamsil Bridge', nameKo: '잠실대교', path: '37.5211,127.0946 37.5305,127.0845' },
  { name: 'Banpo Bridge', nameKo: '반포대교', path: '37.5095,126.9984 37.5208,126.9946' },
  { name: 'Dongjak Bridge', nameKo: '동작대교', path: '37.5037,126.9808 37.5178,126.9812' },
  { name: 'Hangang Bridge', nameKo: '한강대교', path: '37.5125,126.957 37.5205,126.9592' },
  { name: 'Olympic Bridge', nameKo: '올림픽대교', path: '37.5303,127.1096 37.5379,127.1028' },
  { name: 'Cheonho Bridge', nameKo: '천호대교', path: '37.5425,127.116 37.5475,127.1035' },
]
