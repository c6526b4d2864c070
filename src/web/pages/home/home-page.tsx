import { Segmented } from 'antd'
import { homeToday } from '../../../modules/reports/home/home.api.ts'
import { type HomeView, homeViews } from '../../../modules/reports/home/home-views.ts'
import { useFilters } from '../../filters.ts'
import { leaves, useNavigation } from '../../navigation-entry.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../preferences.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { instantWords } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import { BeginPanel, useIsNew } from './begin-panel.tsx'
import { HomeCharts } from './home-charts.tsx'
import { HomeFigures } from './home-figures.tsx'
import { viewsOf } from './home-views-of.ts'
import { NextButton } from './next-button.tsx'
import { RisksPanel } from './risks-panel.tsx'
import { TodayPanel } from './today-panel.tsx'
import './home.css'

/** 工作台: what needs me today, the top risks, how we stand and how it moves. A company without customers is told how to begin. */
export function HomePage() {
  const words = useWords('home')
  const session = useSession()
  const { language } = usePreferences()
  const isClosed = leaves(useNavigation()).every((leaf) => leaf.to === paths.home())
  const isNew = useIsNew()
  const views = viewsOf(session.person.role)
  const { values, set } = useFilters({ view: views[0] })
  const view = homeViews.find((one) => one === values.view) ?? views[0]
  const today = useApi(homeToday, { query: { view } }, { enabled: !isClosed && !isNew && session.may('reports.view') })
  const time = today.data ? instantWords(today.data.at, session.company.timeZone).slice(-5) : undefined
  return (
    <>
      <PageHead
        title={words('title')}
        meta={[longDay(session.company.today, language), ...(time === undefined ? [] : [words('asOf', { time })])].join(' · ')}
        actions={
          isNew || isClosed ? undefined : (
            <Actions view={view} views={views} onView={(chosen) => set({ view: chosen })} first={today.data?.items[0]} />
          )
        }
      />
      {isClosed ? (
        <Panel>
          <EmptyState title={words('nothingOpen')} text={words('shell:noPermission.help')} />
        </Panel>
      ) : null}
      {isNew ? <BeginPanel /> : null}
      {isNew || isClosed ? null : (
        <div className="stack">
          <div className="home-top">
            <TodayPanel query={today} />
            <RisksPanel />
          </div>
          <HomeFigures />
          <HomeCharts />
        </div>
      )}
    </>
  )
}

type ActionsProps = {
  view: HomeView
  views: readonly HomeView[]
  onView: (view: HomeView) => void
  first: Parameters<typeof NextButton>[0]['line']
}

function Actions({ view, views, onView, first }: ActionsProps) {
  const words = useWords('home')
  return (
    <>
      {views.length > 1 ? (
        <Segmented<HomeView>
          aria-label={words('viewsLabel')}
          value={view}
          onChange={onView}
          options={views.map((value) => ({ value, label: words(`views.${value}`) }))}
        />
      ) : null}
      <NextButton line={first} />
    </>
  )
}

/** '2026-11-20' → 2026年11月20日 星期五, in the person's language. */
function longDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(`${day}T00:00:00Z`))
}
