/** Data of the word check: what each script can write, what Taiwan says otherwise, what stays Latin. */

/**
 * What Big5 can write but Taiwan does not: simplified forms that are old variants there, and a word of their own only in names.
 * Everything that Big5 cannot write at all is found without a list.
 */
export const simplifiedInBig5: ReadonlySet<string> = new Set('万与价体余么几云虫听胜后于个无号冲从尽')

/** mainland word → the word of Taiwan's offices and GLOSSARY.md. */
export const mainlandWords: Readonly<Record<string, string>> = {
  信息: '資訊, 訊息',
  默認: '預設',
  軟件: '軟體',
  硬件: '硬體',
  網絡: '網路',
  服務器: '伺服器',
  數據: '資料',
  質量: '品質',
  保存: '儲存',
  打印: '列印',
  導入: '匯入',
  導出: '匯出',
  字段: '欄位',
  字符: '字元',
  程序: '程式',
  接口: '介面',
  界面: '介面',
  搜索: '搜尋',
  短信: '簡訊',
  郵箱: '信箱, 電子郵件',
  登陸: '登入',
  鏈接: '連結',
  屏幕: '螢幕',
  激活: '啟用',
  設置: '設定',
  添加: '新增',
  新建: '新增',
  點擊: '按',
  模板: '範本',
  賬: '帳',
  核銷: '沖帳',
  憑證: '傳票',
  審批: '簽核',
  銷售員: '業務員',
  信用檢查: '信用檢核',
  壞賬: '呆帳',
  減值: '減損',
  幣種: '幣別',
  發貨: '出貨',
  渠道: '管道',
  批量: '批次',
  記錄: '紀錄',
  審計: '稽核',
  反核: '反沖帳',
  上級客戶: '上層客戶',
  未沖銷: '未沖帳',
  行業: '產業',
  節假日: '假日',
  客戶代碼: '客戶編號',
  客戶編碼: '客戶編號',
  職務: '職稱',
  開戶行: '開戶銀行',
}

/** The same thing said in two ways within a language: the other way → our way. */
export const otherNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    业务员: '销售员',
    '=新订单': '新建订单',
    核销记录: '收款核销',
    应收账龄: '账龄分析',
    坏账准备金: '坏账准备',
    帐: '账',
  },
  'zh-TW': { '=新訂單': '新增訂單', 銷售人員: '業務員', 應收賬款: '應收帳款' },
  en: {
    'past due': 'overdue',
    reconcil: 'allocate, match or statement',
    aging: 'ageing',
    installment: 'instalment',
    canceled: 'cancelled',
    'write off of': 'write-off of',
  },
}

/** Chinese signs that an English sentence may quote, because people type them. */
export const quotedInEnglish: ReadonlySet<string> = new Set(['万'])

/** Chinese sentences have Chinese in them; these are names, numbers and signs everywhere. */
export const latinEverywhere: ReadonlySet<string> = new Set(['IP'])
