import type { ProductInput } from '../products/product.ts'

const goods = (code: string, name: string, price: string, category: string, unit = '台'): ProductInput => ({
  code,
  name,
  unit,
  price,
  currency: 'CNY',
  priceIncludesTax: true,
  vatRate: '0.13',
  category,
})
const work = (code: string, name: string, price: string, unit = '次'): ProductInput => ({
  ...goods(code, name, price, '服务', unit),
  vatRate: '0.06',
})

/** What the demo company, a maker of pumps and valves, sells: machines, spare parts and services, prices with tax. */
export const demoProducts: readonly ProductInput[] = [
  goods('P-050', '离心泵 50 型', '4860.00', '泵'),
  goods('P-100', '离心泵 100 型', '11300.00', '泵'),
  goods('P-150', '离心泵 150 型', '19775.00', '泵'),
  goods('P-200', '双吸离心泵 200 型', '38420.00', '泵'),
  goods('PM-80', '多级泵 80 型', '16498.00', '泵'),
  goods('PS-40', '潜水排污泵 40 型', '6328.00', '泵'),
  goods('PS-100', '潜水排污泵 100 型', '14690.00', '泵'),
  goods('PC-32', '化工磁力泵 32 型', '9266.00', '泵'),
  goods('PV-25', '真空泵 25 型', '12995.00', '泵'),
  goods('V-080', '闸阀 DN80', '1243.00', '阀门', '只'),
  goods('V-150', '闸阀 DN150', '2938.00', '阀门', '只'),
  goods('VB-100', '电动蝶阀 DN100', '5198.00', '阀门', '只'),
  goods('VC-200', '止回阀 DN200', '3842.00', '阀门', '只'),
  goods('VR-050', '减压阀 DN50', '1695.00', '阀门', '只'),
  goods('S-3000', '一体化供水设备 3000', '168370.00', '成套设备', '套'),
  goods('S-5000', '一体化泵站 5000', '286450.00', '成套设备', '套'),
  goods('C-15', '变频控制柜 15 kW', '13560.00', '控制', '台'),
  goods('C-45', '变频控制柜 45 kW', '29380.00', '控制', '台'),
  goods('K-SEAL', '机械密封组件', '452.00', '备件', '套'),
  goods('K-IMP', '叶轮', '1356.00', '备件', '件'),
  goods('K-BRG', '轴承箱总成', '2260.00', '备件', '件'),
  work('W-INST', '安装调试服务', '2120.00'),
  work('W-YEAR', '年度维保', '12720.00', '年'),
  work('W-REP', '现场维修', '1590.00'),
]

/** Codes by what a customer of that size usually buys. */
export const usualGoods = {
  large: ['P-150', 'P-200', 'PM-80', 'S-3000', 'S-5000', 'C-45', 'VB-100', 'V-150', 'W-INST', 'W-YEAR'],
  middle: ['P-100', 'P-150', 'PM-80', 'PS-100', 'PC-32', 'C-15', 'V-150', 'VB-100', 'W-INST'],
  small: ['P-050', 'PS-40', 'V-080', 'VC-200', 'VR-050', 'K-SEAL', 'K-IMP', 'K-BRG', 'W-REP'],
} as const
