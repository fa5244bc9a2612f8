/** How a mobile may be written in one country besides its usual form. */
interface Custom {
  readonly usual: RegExp;
  readonly other: RegExp;
  readonly toUsual: (phone: string) => string;
  readonly toOther: (phone: string) => string;
}

const customs: readonly Custom[] = [
  // Mexico: WhatsApp keeps the 1 that mobiles had until 2019.
  {
    usual: /^\+52[2-9]\d{9}$/,
    other: /^\+521\d{10}$/,
    toUsual: (phone) => `+52${phone.slice(4)}`,
    toOther: (phone) => `+521${phone.slice(3)}`,
  },
  // Argentina: mobiles have a 9 when they are called from abroad.
  {
    usual: /^\+549\d{10}$/,
    other: /^\+54[1-8]\d{9}$/,
    toUsual: (phone) => `+549${phone.slice(3)}`,
    toOther: (phone) => `+54${phone.slice(4)}`,
  },
  // Brazil: mobiles got a ninth digit, and older accounts of WhatsApp have none.
  {
    usual: /^\+55\d{2}9[6-9]\d{7}$/,
    other: /^\+55\d{2}[6-9]\d{7}$/,
    toUsual: (phone) => `${phone.slice(0, 5)}9${phone.slice(5)}`,
    toOther: (phone) => `${phone.slice(0, 5)}${phone.slice(6)}`,
  },
];

/**
 * The forms in E.164 under which one mobile is known, the usual one first: providers name whoever writes in another form
 * than people give theirs.
 *
 * Source: faq.whatsapp.com/1294841057948784 (international phone number format)
 */
export function formsOf(phone: string): readonly string[] {
  for (const { usual, other, toUsual, toOther } of customs) {
    if (usual.test(phone)) return [phone, toOther(phone)];
    if (other.test(phone)) return [toUsual(phone), phone];
  }
  return [phone];
}
