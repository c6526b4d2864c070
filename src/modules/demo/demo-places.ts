/** Where customers of the demo are: what makes telephone numbers and tax ids of a place right. In the order from which chance picks. */
export const demoPlaces = [
  { key: 'ningbo', region: 'east', areaCode: '0574', adminCode: '330200' },
  { key: 'hangzhou', region: 'east', areaCode: '0571', adminCode: '330100' },
  { key: 'suzhou', region: 'east', areaCode: '0512', adminCode: '320500' },
  { key: 'wuxi', region: 'east', areaCode: '0510', adminCode: '320200' },
  { key: 'shanghai', region: 'east', areaCode: '021', adminCode: '310000' },
  { key: 'hefei', region: 'east', areaCode: '0551', adminCode: '340100' },
  { key: 'shenzhen', region: 'south', areaCode: '0755', adminCode: '440300' },
  { key: 'dongguan', region: 'south', areaCode: '0769', adminCode: '441900' },
  { key: 'foshan', region: 'south', areaCode: '0757', adminCode: '440600' },
  { key: 'xiamen', region: 'south', areaCode: '0592', adminCode: '350200' },
  { key: 'tianjin', region: 'north', areaCode: '022', adminCode: '120000' },
  { key: 'qingdao', region: 'north', areaCode: '0532', adminCode: '370200' },
  { key: 'jinan', region: 'north', areaCode: '0531', adminCode: '370100' },
  { key: 'shijiazhuang', region: 'north', areaCode: '0311', adminCode: '130100' },
  { key: 'shenyang', region: 'northeast', areaCode: '024', adminCode: '210100' },
  { key: 'dalian', region: 'northeast', areaCode: '0411', adminCode: '210200' },
  { key: 'wuhan', region: 'central', areaCode: '027', adminCode: '420100' },
  { key: 'changsha', region: 'central', areaCode: '0731', adminCode: '430100' },
  { key: 'zhengzhou', region: 'central', areaCode: '0371', adminCode: '410100' },
  { key: 'chengdu', region: 'southwest', areaCode: '028', adminCode: '510100' },
  { key: 'chongqing', region: 'southwest', areaCode: '023', adminCode: '500000' },
  { key: 'xian', region: 'northwest', areaCode: '029', adminCode: '610100' },
] as const
export type DemoPlace = (typeof demoPlaces)[number]['key']
export type DemoRegion = (typeof demoPlaces)[number]['region'] | 'abroad'

/** Where salespeople sell: their places in the list by region. */
export const salespeopleOf: Readonly<Record<DemoRegion, readonly number[]>> = {
  east: [0, 1, 2],
  south: [3, 4],
  north: [5, 6],
  northeast: [6],
  central: [7],
  southwest: [8],
  northwest: [8],
  abroad: [9],
}

/** Customers abroad: names, countries and currencies. Telephone numbers are of the ranges that are kept free for films and examples. */
export const foreignCustomers = [
  {
    name: 'Nordwind Pumpentechnik GmbH',
    country: 'DE',
    currency: 'EUR',
    phone: '+49 30 23125 014',
    address: 'Beispielweg 12, 13353 Berlin',
  },
  { name: 'Aldermoor Process Systems Ltd', country: 'GB', currency: 'USD', phone: '+44 20 7946 0112', address: '8 Example Yard, London' },
  {
    name: 'Cedar Ridge Water Equipment Inc.',
    country: 'US',
    currency: 'USD',
    phone: '+1 555 0142',
    address: '400 Sample Avenue, Springfield',
  },
  { name: 'Bluewater Engineering LLC', country: 'US', currency: 'USD', phone: '+1 555 0177', address: '21 Sample Street, Springfield' },
  { name: 'Rheintal Anlagenbau AG', country: 'DE', currency: 'EUR', phone: '+49 30 23125 077', address: 'Musterstraße 5, 12623 Berlin' },
  { name: 'Southbank Marine Supply Ltd', country: 'GB', currency: 'USD', phone: '+44 20 7946 0255', address: '77 Example Wharf, London' },
] as const
