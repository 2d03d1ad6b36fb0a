import { csvRow } from '../../src/audit/csv.ts';

describe('a row of CSV', () => {
  test('is quoted throughout and ends with CRLF, as RFC 4180 has it', () => {
    expect(csvRow(['a', 1, null, 'say "hi", twice\nplease'])).toBe(
      '"a","1","","say ""hi"", twice\nplease"\r\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '\r=1', '＝1'])(
    'makes %j plain text',
    (text) => {
      expect(csvRow([text])).toBe(`"'${text}"\r\n`);
    },
  );

  test('leaves what is no formula as it is', () => {
    expect(csvRow(['1@29732040', '2026-11-24T09:00:00Z', 'Ana-Maria'])).toBe(
      '"1@29732040","2026-11-24T09:00:00Z","Ana-Maria"\r\n',
    );
  });
});
