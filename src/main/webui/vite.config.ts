import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.KREISLAUF_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', chunkSizeWarningLimit: 700 },
  server: {
    proxy: Object.fromEntries(['/api', '/login', '/logout', '/q'].map((path) => [path, { target: server }])),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
