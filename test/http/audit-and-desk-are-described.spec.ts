import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());

describe('the description of the API', () => {
  test('names every route of the desk and the audit, with what it takes and what it answers', async () => {
    const { body } = await desk.service.ask('GET', '/api/openapi.json');
    const routes = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'POST /api/series',
        'GET /api/series',
        'GET /api/series/{id}',
        'GET /api/series/{id}/ledger',
        'POST /api/series/{id}/reconcile',
        'GET /api/occurrences',
        'GET /api/series/{id}/occurrences/{key}',
        'GET /api/series/{id}/occurrences/{key}/slots',
        'POST /api/series/{id}/occurrences/{key}/move',
        'POST /api/series/{id}/occurrences/{key}/cannot-make-it',
        'POST /api/series/{id}/occurrences/{key}/excuse',
        'POST /api/series/{id}/occurrences/{key}/excuse/answer',
        'POST /api/series/{id}/occurrences/{key}/attestation',
        'POST /api/series/{id}/occurrences/{key}/answer',
        'GET /api/recoveries',
        'POST /api/series/{id}/recoveries/{key}/move',
        'GET /api/audit/cadence',
        'GET /api/audit/grid',
        'GET /api/audit/ledger/verification',
      ]),
    );
    expect(routes.filter((route) => route.startsWith('DELETE'))).toEqual([]);
    const move = body.paths['/api/series/{id}/occurrences/{key}/move'].post;
    expect(move.requestBody.content['application/json'].schema.required).toEqual(['start']);
    expect(
      move.responses['200'].content['application/json'].schema.properties.occurrence.properties,
    ).toHaveProperty('canMove');
  });
});
