/** What a demo can start with. The ids are those of `POST /api/deliveries { scenario }`. */
export const SCENARIOS = [
  { id: 'bibimbap', label: 'Bibimbap to Samseong-dong' },
  { id: 'bakery', label: 'Bakery to Yeoksam-dong' },
  { id: 'coffee', label: 'Coffee to Daechi-dong' },
  { id: 'chicken', label: 'Chicken to Cheongdam-dong' },
  { id: 'noodles', label: 'Noodles to Yeoksam-dong' },
  { id: 'tteokbokki', label: 'Tteokbokki to Daechi-dong' },
] as const
