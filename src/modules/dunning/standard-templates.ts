import type { Language } from '../../kernel/language.ts'
import type { TemplateKey } from './ladder.ts'
import type { TemplateText } from './template-fields.ts'

/** The texts with which a company starts. */
export const standardTemplates: Readonly<Record<Language, Readonly<Record<TemplateKey, TemplateText>>>> = {
  'zh-CN': {
    friendly: {
      subject: '{{company}}：{{count}} 笔款项即将到期（{{customer}}）',
      body: '{{contact}}，您好！\n\n以下款项将于近日到期，特此提前告知，便于贵公司安排付款：\n\n{{items}}\n\n如款项已付出，请忽略本邮件；如对金额有疑问，请与{{salesperson}}联系，我们会尽快核对。\n\n感谢您的支持。',
    },
    overdue: {
      subject: '{{company}}：{{count}} 笔款项已逾期（{{customer}}）',
      body: '{{contact}}，您好！\n\n截至 {{today}}，以下款项已过到期日，我们尚未收到：\n\n{{items}}\n\n请尽快安排付款。如已付款，请回复付款日期和金额，便于我们核对；如对某笔款项有异议，也请告知，我们会单独处理。\n\n联系人：{{salesperson}} {{salespersonPhone}}',
    },
    formal: {
      subject: '催款函：{{customer}} 逾期款项（{{company}}）',
      body: '致 {{customer}}：\n\n截至 {{today}}，贵公司应付我公司的下列款项已逾期，最早一笔于 {{oldestDueOn}} 到期，已逾期 {{overdueDays}} 天，我公司多次提醒后仍未收到：\n\n{{items}}\n\n请贵公司于收到本函后五个工作日内付清全部逾期款项，或书面告知付款日期。我公司保留依合同约定采取进一步措施的权利。\n\n特此函告。\n\n{{company}}\n{{today}}',
    },
  },
  'zh-TW': {
    friendly: {
      subject: '{{company}}：{{count}} 筆款項即將到期（{{customer}}）',
      body: '{{contact}}，您好！\n\n以下款項將於近日到期，特此提前告知，便於貴公司安排付款：\n\n{{items}}\n\n如款項已付出，請忽略本郵件；如對金額有疑問，請與{{salesperson}}聯絡，我們會儘快核對。\n\n感謝您的支持。',
    },
    overdue: {
      subject: '{{company}}：{{count}} 筆款項已逾期（{{customer}}）',
      body: '{{contact}}，您好！\n\n截至 {{today}}，以下款項已過到期日，我們尚未收到：\n\n{{items}}\n\n請儘快安排付款。如已付款，請回覆付款日期和金額，便於我們核對；如對某筆款項有異議，也請告知，我們會單獨處理。\n\n聯絡人：{{salesperson}} {{salespersonPhone}}',
    },
    formal: {
      subject: '催款函：{{customer}} 逾期款項（{{company}}）',
      body: '致 {{customer}}：\n\n截至 {{today}}，貴公司應付本公司的下列款項已逾期，最早一筆於 {{oldestDueOn}} 到期，已逾期 {{overdueDays}} 天，本公司多次提醒後仍未收到：\n\n{{items}}\n\n請貴公司於收到本函後五個工作日內付清全部逾期款項，或書面告知付款日期。本公司保留依合約採取進一步措施的權利。\n\n特此函告。\n\n{{company}}\n{{today}}',
    },
  },
  en: {
    friendly: {
      subject: '{{company}}: payments of {{customer}} due soon ({{count}})',
      body: 'Dear {{contact}},\n\nthe following amounts will be due shortly. We mention them early so that the payment can be arranged in good time:\n\n{{items}}\n\nIf you have paid already, please disregard this message. If an amount looks wrong to you, please tell {{salesperson}}, and we will look into it at once.\n\nThank you.',
    },
    overdue: {
      subject: '{{company}}: overdue payments of {{customer}} ({{count}})',
      body: 'Dear {{contact}},\n\non {{today}} the following amounts were past their due day, and we have not received them yet:\n\n{{items}}\n\nPlease arrange the payment soon. If you have paid already, please answer with day and amount, so that we can find it; if you contest an amount, please tell us, and we will treat it separately.\n\nYour contact: {{salesperson}} {{salespersonPhone}}',
    },
    formal: {
      subject: 'Formal notice: overdue payments of {{customer}} to {{company}}',
      body: 'To {{customer}}\n\nOn {{today}} the following amounts owed to us were overdue, the oldest since {{oldestDueOn}} ({{overdueDays}} days), in spite of our reminders:\n\n{{items}}\n\nPlease pay all overdue amounts within five working days of receiving this notice, or tell us in writing on which day you will. We reserve the right to take further steps under the contract.\n\n{{company}}\n{{today}}',
    },
  },
}
