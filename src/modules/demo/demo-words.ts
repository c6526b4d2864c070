/** What made-up customers are made of. Brand syllables are joined at random; whoever bears such a name in the world is not meant. */
export const cities = [
  { name: '宁波', province: '浙江省', region: '华东', areaCode: '0574', adminCode: '330200', districts: ['鄞州区', '北仑区', '江北区'] },
  { name: '杭州', province: '浙江省', region: '华东', areaCode: '0571', adminCode: '330100', districts: ['萧山区', '余杭区', '滨江区'] },
  { name: '苏州', province: '江苏省', region: '华东', areaCode: '0512', adminCode: '320500', districts: ['吴中区', '相城区', '虎丘区'] },
  { name: '无锡', province: '江苏省', region: '华东', areaCode: '0510', adminCode: '320200', districts: ['新吴区', '惠山区', '锡山区'] },
  { name: '上海', province: '上海市', region: '华东', areaCode: '021', adminCode: '310000', districts: ['嘉定区', '松江区', '奉贤区'] },
  { name: '合肥', province: '安徽省', region: '华东', areaCode: '0551', adminCode: '340100', districts: ['蜀山区', '包河区'] },
  { name: '深圳', province: '广东省', region: '华南', areaCode: '0755', adminCode: '440300', districts: ['宝安区', '龙华区', '光明区'] },
  { name: '东莞', province: '广东省', region: '华南', areaCode: '0769', adminCode: '441900', districts: ['长安镇', '虎门镇', '松山湖'] },
  { name: '佛山', province: '广东省', region: '华南', areaCode: '0757', adminCode: '440600', districts: ['顺德区', '南海区'] },
  { name: '厦门', province: '福建省', region: '华南', areaCode: '0592', adminCode: '350200', districts: ['集美区', '海沧区'] },
  { name: '天津', province: '天津市', region: '华北', areaCode: '022', adminCode: '120000', districts: ['津南区', '西青区'] },
  { name: '青岛', province: '山东省', region: '华北', areaCode: '0532', adminCode: '370200', districts: ['城阳区', '即墨区'] },
  { name: '济南', province: '山东省', region: '华北', areaCode: '0531', adminCode: '370100', districts: ['历城区', '章丘区'] },
  { name: '石家庄', province: '河北省', region: '华北', areaCode: '0311', adminCode: '130100', districts: ['裕华区', '藁城区'] },
  { name: '沈阳', province: '辽宁省', region: '东北', areaCode: '024', adminCode: '210100', districts: ['铁西区', '沈北新区'] },
  { name: '大连', province: '辽宁省', region: '东北', areaCode: '0411', adminCode: '210200', districts: ['甘井子区', '金州区'] },
  { name: '武汉', province: '湖北省', region: '华中', areaCode: '027', adminCode: '420100', districts: ['江夏区', '东西湖区'] },
  { name: '长沙', province: '湖南省', region: '华中', areaCode: '0731', adminCode: '430100', districts: ['长沙县', '望城区'] },
  { name: '郑州', province: '河南省', region: '华中', areaCode: '0371', adminCode: '410100', districts: ['中牟县', '荥阳市'] },
  { name: '成都', province: '四川省', region: '西南', areaCode: '028', adminCode: '510100', districts: ['双流区', '龙泉驿区'] },
  { name: '重庆', province: '重庆市', region: '西南', areaCode: '023', adminCode: '500000', districts: ['渝北区', '巴南区'] },
  { name: '西安', province: '陕西省', region: '西北', areaCode: '029', adminCode: '610100', districts: ['高陵区', '长安区'] },
] as const

export const firstSyllables = [...'海恒启联华瑞鑫嘉博凯诚泰宏安达信源盛远卓铭邦锦康'] as readonly string[]
export const secondSyllables = [...'晟泰明创信丰辉杰越腾和利通兴力维科程润捷翔阳和成'] as readonly string[]

/** The trade in the name, and the industry that goes with it. */
export const trades = [
  { word: '机电设备', industry: '机械' },
  { word: '泵业', industry: '机械' },
  { word: '阀门', industry: '机械' },
  { word: '精密制造', industry: '电子' },
  { word: '环保工程', industry: '环保' },
  { word: '水务科技', industry: '水务' },
  { word: '市政工程', industry: '市政' },
  { word: '化工', industry: '化工' },
  { word: '新材料', industry: '化工' },
  { word: '制药', industry: '制药' },
  { word: '食品机械', industry: '食品' },
  { word: '船舶配件', industry: '船舶' },
  { word: '暖通工程', industry: '建筑' },
  { word: '建筑安装工程', industry: '建筑' },
  { word: '电力设备', industry: '电力' },
  { word: '冶金设备', industry: '冶金' },
  { word: '纺织机械', industry: '纺织' },
  { word: '贸易', industry: '贸易' },
] as const
export const legalForms = { 有限公司: 82, 股份有限公司: 8, 有限责任公司: 8, 集团有限公司: 2 } as const

export const surnames = [...'王李张刘陈杨黄赵周吴徐孙朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾'] as readonly string[]
export const givenNames = [
  '伟', '敏', '静', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛', '明', '超', '秀兰', '霞', '平', '刚', '桂英', '建国', '志强', '晓红', '海涛', '文静', '雪梅', '俊峰', '思远',
  '佳怡', '国华', '丽萍', '振华', '永强', '春燕', '卫东', '慧敏', '立新', '宇航',
] as const // biome-ignore format: a list of names reads as a block
export const streets = [
  '工业大道',
  '科技路',
  '创业路',
  '兴业路',
  '产业园路',
  '环城北路',
  '滨海大道',
  '开发大道',
  '振兴路',
  '人民东路',
] as const
export const banks = ['中国工商银行', '中国农业银行', '中国银行', '中国建设银行', '交通银行', '招商银行', '浦发银行', '兴业银行'] as const
export const jobs = ['财务经理', '应付会计', '采购经理', '采购主管', '总经理'] as const

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
