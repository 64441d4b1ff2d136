/** Names for members who are made up. */

import type { Random } from '../state/random.ts';

const firstNames = [
  'Alma',
  'Bruno',
  'Chiara',
  'Dario',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jakub',
  'Kaya',
  'Liam',
  'Mina',
  'Nadia',
  'Oskar',
  'Paula',
  'Quentin',
  'Rosa',
  'Samir',
  'Tilda',
  'Umar',
  'Vera',
  'Wanda',
  'Xenia',
  'Yann',
  'Zoe',
] as const;
const lastNames = [
  'Aalto',
  'Bauer',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Horvat',
  'Ito',
  'Jansen',
  'Kowalski',
  'Lopez',
  'Moreau',
  'Nguyen',
  'Olsen',
  'Popescu',
  'Quispe',
  'Rossi',
  'Silva',
  'Toth',
  'Ueda',
  'Varga',
  'Weber',
  'Xu',
  'Yilmaz',
  'Zhang',
] as const;

/** A first and a last name. */
export function inventName(random: Random): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`;
}
