/// `source` convinces `target` at `time`, unless `target` adopts earlier.
struct Event {
  let time: Double
  let target: UInt32
  let source: UInt32

  /// Orders by time, then by the id of the listener, then by that of the speaker.
  @inline(__always)
  static func < (a: Event, b: Event) -> Bool {
    a.time != b.time ? a.time < b.time : a.target != b.target ? a.target < b.target : a.source < b.source
  }
}

/// A min-heap of events with four children per node: shallower than a binary heap, and the children are adjacent in
/// memory.
struct EventQueue {
  private var heap: [Event] = []

  var isEmpty: Bool { heap.isEmpty }

  mutating func push(_ event: Event) {
    heap.append(event)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) >> 2
      guard event < heap[parent] else { break }
      heap[place] = heap[parent]
      place = parent
    }
    heap[place] = event
  }

  /// Removes the earliest event; nil if there is none.
  mutating func pop() -> Event? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    let count = heap.count
    var place = 0
    while true {
      let child = place << 2 + 1
      guard child < count else { break }
      var least = child
      for other in child + 1..<max(child + 1, min(child + 4, count)) where heap[other] < heap[least] { least = other }
      guard heap[least] < last else { break }
      heap[place] = heap[least]
      place = least
    }
    heap[place] = last
    return first
  }
}
