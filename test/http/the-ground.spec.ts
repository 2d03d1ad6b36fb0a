import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Delete, Get, Module, Param, Post } from '@nestjs/common';
import * as z from 'zod';
import { Allow } from '../../src/platform/access/allow.ts';
import { Caller } from '../../src/platform/access/caller.ts';
import { Answers } from '../../src/platform/api/answers.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';

const note = z.strictObject({ text: z.string().min(1).max(5), days: z.array(z.int()).default([]) });
const answer = z.object({ said: z.string() });

@Controller('api/notes')
class NotesController {
  @Get()
  unsaid(): object {
    return {};
  }

  @Get('mine')
  @Allow('anyone signed in')
  mine(@Caller() caller: Caller): object {
    return caller;
  }

  @Post()
  @Allow('manager', 'admin')
  @Answers(201, 'Says something.', answer)
  add(@Body({ schema: note }) { text }: z.output<typeof note>): object {
    return { said: text };
  }

  @Get('broken')
  @Allow('anybody')
  breaks(): object {
    throw new Error('the password is swordfish');
  }
}

@Controller('api/series')
class SeriesController {
  @Get(':series')
  @Allow('rep')
  one(@Param('series') series: string): object {
    return { series };
  }

  @Delete(':series/notes/:note')
  @Allow('rep')
  forget(): object {
    return {};
  }
}

@Module({ controllers: [NotesController, SeriesController] })
class NotesModule {}

const pages = mkdtempSync(join(tmpdir(), 'pages-'));
mkdirSync(join(pages, 'assets'));
writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Perennial</title>');
writeFileSync(join(pages, 'assets', 'main-a1B2c3D4.js'), 'void 0;'.repeat(100));

const service = await startService(await freshDatabase(), [NotesModule], { pages });
const organisation = await service.organisation();
const manager: Visitor = await service.person(organisation, ['manager']);
const rep: Visitor = await service.person(organisation, ['rep']);

describe('who may call', () => {
  test('a route that does not say who may call it is refused to everybody', async () => {
    expect((await manager.ask('GET', '/api/notes')).status).toBe(403);
    expect((await service.ask('GET', '/api/notes')).status).toBe(403);
  });

  test('a token says who is asking', async () => {
    expect((await rep.ask('GET', '/api/notes/mine')).body).toEqual({
      organisation,
      person: rep.id,
      roles: ['rep'],
    });
  });

  test('no token, a wrong one and one that ran out are all told to sign in', async () => {
    const late = await service.person(organisation, ['rep']);
    expect((await service.ask('GET', '/api/notes/mine')).body.type).toBe('/problems/not-signed-in');
    expect((await service.ask('GET', '/api/notes/mine', { token: 'wrong' })).status).toBe(401);
    service.clock.at += 525_600;
    expect((await late.ask('GET', '/api/notes/mine')).status).toBe(401);
    service.clock.at -= 525_600;
  });

  test('somebody who left can no longer sign in', async () => {
    const left = await service.person(organisation, ['rep']);
    await service.store.transaction(organisation, ({ people }) => people.change(left.id, { active: false }));
    expect((await left.ask('GET', '/api/notes/mine')).status).toBe(401);
  });

  test('somebody without the role is told whose it is', async () => {
    const { status, body } = await rep.ask('POST', '/api/notes', { text: 'hello' });
    expect(status).toBe(403);
    expect(body.detail).toBe('This is for a manager or an admin.');
  });
});

describe('what goes wrong is said in plain words', () => {
  test('bad input names each field, unknown ones too', async () => {
    const { status, headers, body } = await manager.ask('POST', '/api/notes', { days: ['x'], mood: 1 });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toEqual({
      type: '/problems/bad-input',
      title: 'Bad input',
      status: 400,
      detail: 'text is missing; days.0 must be a number; mood is not known here.',
      errors: [
        { field: 'text', says: 'is missing' },
        { field: 'days.0', says: 'must be a number' },
        { field: 'mood', says: 'is not known here' },
      ],
    });
  });

  test.each([
    ['{"text":', 'application/json', 400],
    ['text', 'text/csv', 415],
    [JSON.stringify({ text: 'x'.repeat(1_100_000) }), 'application/json', 413],
  ])('a body that cannot be read is a problem, not a crash (%#)', async (body, type, status) => {
    const answer = await manager.ask('POST', '/api/notes', body, { 'Content-Type': type });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  });

  test('what broke on our side is logged and keeps its text to itself', async () => {
    const { status, body } = await service.ask('GET', '/api/notes/broken');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('swordfish');
    expect(service.lines.join()).toContain('swordfish');
  });

  test('there is no delete, and the answer says what to do instead', async () => {
    const { status, headers, body } = await rep.ask('DELETE', '/api/series/1');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD');
    expect(body.detail).toContain('end the pair');
  });

  test('a wrong method is told from a wrong address', async () => {
    expect((await rep.ask('PUT', '/api/series/1')).body.type).toBe('/problems/wrong-method');
    expect((await rep.ask('GET', '/api/nothing')).body.type).toBe('/problems/unknown-page');
  });

  test('the type of a problem leads to its explanation', async () => {
    expect((await service.ask('GET', '/problems/no-delete')).body.says).toContain('There is no delete');
    expect((await service.ask('GET', '/problems/toString')).status).toBe(404);
  });
});

describe('pages', () => {
  test('every address of the front end gets its page, with the four headers the meeting client wants', async () => {
    for (const path of ['/', '/pairs/1?week=2']) {
      const { status, headers, body } = await service.ask('GET', path);
      expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>Perennial</title>' });
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  test('a file whose name holds its hash is kept for good, the front page is asked for each time', async () => {
    const asset = await service.ask('GET', '/assets/main-a1B2c3D4.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.body).toBe('void 0;'.repeat(100));
    const page = await service.ask('GET', '/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const again = { headers: { 'If-None-Match': page.headers.get('etag')! } };
    expect((await service.ask('GET', '/', again)).status).toBe(304);
    expect((await service.ask('GET', '/assets/gone-a1B2c3D4.js')).status).toBe(404);
  });
});

describe('the description of the API', () => {
  test('is OpenAPI 3.1, written from the schemas that validate', async () => {
    const { body } = await service.ask('GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const { requestBody, responses, parameters } = body.paths['/api/notes'].post;
    expect(requestBody.content['application/json'].schema).toMatchObject({
      properties: { text: { type: 'string', maxLength: 5 } },
      required: ['text'],
      additionalProperties: false,
    });
    expect(responses['201'].content['application/json'].schema.properties).toEqual({
      said: { type: 'string' },
    });
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }));
  });

  test('is readable without anything from elsewhere', async () => {
    const { status, headers, body } = await service.ask('GET', '/api/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('/api/notes');
    expect(body).toContain('<b>days</b>?: list of integer');
    expect(body).not.toMatch(/<script|https?:\/\//);
  });
});
