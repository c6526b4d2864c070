import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { pdfDocument } from './pdf-document.ts'
import type { PdfReport } from './pdf-export.ts'

/** The thread that `writePdf` starts: report in, PDF out. Noto Sans CJK (OFL-1.1): both Chinese scripts in one font. */
const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts')
const regular = join(fonts, 'NotoSansHans-Regular.otf')
const bold = join(fonts, 'NotoSansHans-Medium.otf')

pdfmake.setFonts({ cjk: { normal: regular, bold, italics: regular, bolditalics: bold } })
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)

parentPort?.postMessage(await pdfmake.createPdf(pdfDocument(workerData as PdfReport)).getBuffer())
