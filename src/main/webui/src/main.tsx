import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Unreachable } from './api/http';
import { App } from './app';
import { loadCatalogue, preferredLanguage, Speaking } from './text/text';
import './style.css';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it would refuse again; a lost connection may come back.
      retry: (count, error) => error instanceof Unreachable && count < 2,
    },
  },
});

const language = preferredLanguage();
const catalogue = await loadCatalogue(language);
document.documentElement.lang = language;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Speaking language={language} catalogue={catalogue}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </Speaking>
    </QueryClientProvider>
  </StrictMode>,
);
