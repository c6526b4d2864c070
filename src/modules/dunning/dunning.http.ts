import { type BoundRoute, read, write } from '../../platform/http.ts'
import { liftBlock, placeBlock } from './blocks.command.ts'
import { listBlocks } from './blocks.query.ts'
import { listCases, readCase } from './cases.query.ts'
import { dryRun } from './dry-run.query.ts'
import * as api from './dunning.api.ts'
import { readDunningSettings } from './dunning-settings.query.ts'
import { createLadder, dropDraft, readContent, saveDraft, updateLadder } from './edit-ladders.command.ts'
import * as ladders from './ladders.api.ts'
import { listLadders, readLadder } from './ladders.query.ts'
import { publishDraft } from './publish-ladders.command.ts'
import { listRuns, readRun } from './runs.query.ts'
import { saveDunningSettings } from './save-settings.command.ts'
import { restoreTemplate, saveTemplate } from './save-templates.command.ts'
import { startRun } from './start-run.command.ts'
import * as templates from './templates.api.ts'
import { listTemplates, previewMessage } from './templates.query.ts'
import { walkLadder } from './walk-ladder.query.ts'

const OK = { ok: true } as const

const ladderRoutes: readonly BoundRoute[] = [
  read(ladders.listLadders, async (reader) => ({ items: await listLadders(reader) })),
  read(ladders.readLadder, (reader, { params }) => readLadder(reader, params.id)),
  write(ladders.createLadder, async (tx, { body }) => ({ id: await createLadder(tx, body) })),
  write(ladders.updateLadder, async (tx, { params, body }) => {
    await updateLadder(tx, params.id, body)
    return OK
  }),
  write(ladders.saveDraft, async (tx, { params, body: { version, ...content } }) => {
    await saveDraft(tx, params.id, version, content)
    return OK
  }),
  write(ladders.dropDraft, async (tx, { params, query }) => {
    await dropDraft(tx, params.id, query.version)
    return OK
  }),
  write(ladders.publishDraft, (tx, { params, body }) => publishDraft(tx, params.id, body)),
  read(ladders.walkLadder, (reader, { body: { receivableId, dueOn, ...content } }) =>
    walkLadder(reader, readContent(content, reader.caller.baseCurrency), { receivableId, dueOn }),
  ),
]

const templateRoutes: readonly BoundRoute[] = [
  read(templates.listTemplates, (reader) => listTemplates(reader)),
  read(templates.previewMessage, (reader, { body }) => previewMessage(reader, body)),
  write(templates.saveTemplate, async (tx, { params, body }) => {
    await saveTemplate(tx, params, body)
    return OK
  }),
  write(templates.restoreTemplate, async (tx, { params, query }) => {
    await restoreTemplate(tx, params, query.version)
    return OK
  }),
]

export const dunningHttp: readonly BoundRoute[] = [
  ...ladderRoutes,
  ...templateRoutes,
  read(api.dryRun, (reader, { query }) => dryRun(reader, query)),
  write(api.startRun, async (tx) => ({ id: await startRun(tx) })),
  read(api.listRuns, (reader, { query }) => listRuns(reader, query)),
  read(api.readRun, (reader, { params, query }) => readRun(reader, params.id, query)),
  read(api.listCases, (reader, { query }) => listCases(reader, query)),
  read(api.readCase, (reader, { params }) => readCase(reader, params.id)),
  read(api.listBlocks, (reader, { query }) => listBlocks(reader, query)),
  write(api.placeBlock, async (tx, { body }) => ({ id: await placeBlock(tx, body) })),
  write(api.liftBlock, async (tx, { params, body }) => {
    await liftBlock(tx, params.id, body)
    return OK
  }),
  read(api.readSettings, (reader) => readDunningSettings(reader)),
  write(api.saveSettings, async (tx, { body }) => {
    await saveDunningSettings(tx, body)
    return OK
  }),
]
