import type { FormatName } from '../series.ts';
import type { Block, Format } from './format.ts';
import { FORMATS } from './formats.ts';

/** The agenda block of an invite, without its markers: the same meaning as text and as HTML. */
export interface AgendaBlock {
  readonly text: string;
  readonly html: string;
}

/**
 * @param because the latest reason of this occurrence, one line; null for the series itself
 * @param link the page of the meeting
 */
export function agendaBlock(format: FormatName, because: string | null, link: string): AgendaBlock {
  const plan = FORMATS[format];
  return { text: asText(plan, because, link), html: asHtml(plan, because, link) };
}

function asText(plan: Format, because: string | null, link: string): string {
  const blocks = plan.blocks.map((block) =>
    [heading(block), ...block.prompts.map((prompt) => `- ${prompt}`)].join('\n'),
  );
  return [
    ...(because ? [`Note: ${because}`] : []),
    ...blocks,
    `Rep brings: ${plan.prep.rep}`,
    `Manager brings: ${plan.prep.manager}`,
    `Your page: ${link}`,
  ].join('\n\n');
}

function asHtml(plan: Format, because: string | null, link: string): string {
  const blocks = plan.blocks.map(
    (block) =>
      `<p><b>${escape(heading(block))}</b></p><ul>` +
      block.prompts.map((prompt) => `<li>${escape(prompt)}</li>`).join('') +
      '</ul>',
  );
  return [
    ...(because ? [`<p>Note: ${escape(because)}</p>`] : []),
    ...blocks,
    `<p>Rep brings: ${escape(plan.prep.rep)}</p>`,
    `<p>Manager brings: ${escape(plan.prep.manager)}</p>`,
    `<p>Your page: <a href="${escape(link)}">${escape(link)}</a></p>`,
  ].join('');
}

function heading(block: Block): string {
  return `${block.name}, ${block.seconds / 60} min`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
