import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './styles/base.css'
import './styles/frame.css'
import './styles/ui.css'
import './styles/table.css'
import './styles/graphics.css'
import './styles/chart.css'
import './styles/forms.css'
import './styles/receipts.css'
import './styles/phone.css'

createRoot(document.getElementById('root')!).render(<App />)
