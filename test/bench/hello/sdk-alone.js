import sdk from '@zoom/appssdk';

/** Nothing but the SDK and a word: what no panel can be lighter than, unless it leaves calls out. */
document.getElementById('app').textContent = 'Hello';
void sdk.config({ capabilities: ['getAppContext'], version: '0.16' }).catch(() => {});
