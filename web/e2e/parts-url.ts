/** Where the development server has the page of parts, which no build has. */
const port = Number(process.env["E2E_PARTS_PORT"] ?? 18474);
export const partsUrl = `http://localhost:${port}`;
