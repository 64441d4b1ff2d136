import { describe, expect, test } from '@jest/globals';
import { fillTemplate, placeholdersIn } from '../../domain/template.ts';

describe('templates', () => {
  test('name channels and values', () => {
    expect(placeholdersIn('Hi {member}, see {#orientation} and {getting started}.')).toEqual([
      { kind: 'value', name: 'member' },
      { kind: 'channel', name: 'orientation' },
      { kind: 'value', name: 'getting started' },
    ]);
  });

  test('are filled in once: what is put in is not looked at again', () => {
    expect(fillTemplate('{a} and {b}', ({ name }) => (name === 'a' ? '{b}' : 'c'))).toBe('{b} and c');
  });

  test('leave lone braces alone', () => {
    expect(fillTemplate('a { b } {} {\n}', () => 'x')).toBe('a x {} {\n}');
  });
});
