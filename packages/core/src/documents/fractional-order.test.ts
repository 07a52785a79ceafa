import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareOrder, firstOrders, type Ordered, orderAtEnd, ordersForMove } from "./fractional-order.ts";

function apply(list: readonly Ordered[], changes: ReadonlyMap<string, string>): Ordered[] {
  return list.map((item) => ({ ...item, order: changes.get(item.id) ?? item.order })).sort(compareOrder);
}

describe("the order of a list", () => {
  const start = firstOrders(4).map((order, index) => ({ id: `t${index}`, order }));

  it("moves one item with one key", () => {
    const changes = ordersForMove(start, "t3", "t0");
    expect([...changes.keys()]).toEqual(["t3"]);
    expect(apply(start, changes).map((item) => item.id)).toEqual(["t0", "t3", "t1", "t2"]);
  });

  it("numbers the list anew when two clients gave the same key", () => {
    const equal = start.map((item) => ({ ...item, order: item.id === "t2" ? (start[1]?.order ?? "") : item.order }));
    const changes = ordersForMove(equal, "t0", "t1");
    expect(changes.size).toBe(4);
    expect(apply(equal, changes).map((item) => item.id)).toEqual(["t1", "t0", "t2", "t3"]);
  });

  it("numbers the list anew when somebody wrote something that is not a key", () => {
    const broken = start.map((item) => ({ ...item, order: item.id === "t1" ? "zzzz0" : item.order }));
    expect(apply(broken, ordersForMove(broken, "t0", "t1")).at(-1)?.id).toBe("t0");
    expect(orderAtEnd(broken) > "zzzz0").toBe(true);
  });

  it("puts the moved item right behind the named one, in any list and after any number of moves", () => {
    const move = fc.record({ item: fc.nat(5), after: fc.nat(6) });
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "0", "V", "z"), minLength: 1, maxLength: 3 }), {
          minLength: 6,
          maxLength: 6,
        }),
        fc.array(move, { maxLength: 60 }),
        (orders, moves) => {
          let list: Ordered[] = orders.map((order, index) => ({ id: `t${index}`, order })).sort(compareOrder);
          for (const { item, after } of moves) {
            const id = `t${item}`;
            const behind = after === 6 || after === item ? null : `t${after}`;
            const expected = list.map((each) => each.id).filter((each) => each !== id);
            expected.splice(behind === null ? 0 : expected.indexOf(behind) + 1, 0, id);
            list = apply(list, ordersForMove(list, id, behind));
            expect(list.map((each) => each.id)).toEqual(expected);
          }
        },
      ),
    );
  });

  it("keeps keys short over a thousand insertions at one spot", () => {
    let list: Ordered[] = [...start];
    for (let i = 0; i < 1000; i++) {
      const id = `n${i}`;
      const changes = ordersForMove([...list, { id, order: "" }], id, "t0");
      list = apply([...list, { id, order: "" }], changes);
    }
    expect(Math.max(...list.map((item) => item.order.length))).toBeLessThanOrEqual(64);
    expect(list[1]?.id).toBe("n999");
  });
});
