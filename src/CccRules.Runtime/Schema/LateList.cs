using System.Collections.Immutable;

namespace CccRules.Runtime.Schema;

/// <summary>
/// A list that is read when it is first asked for. Of ten thousand norms a record concerns a few, and only explanations ask for their
/// reasons. Safe for any number of threads: two that ask at once read the same.
/// </summary>
internal sealed class LateList<T>
    where T : class
{
    private T[]? _items;
    private Func<ImmutableArray<T>>? _read;

    public LateList(ImmutableArray<T> items)
    {
        _items = [.. items];
    }

    public LateList(Func<ImmutableArray<T>> read)
    {
        _read = read;
    }

    public ImmutableArray<T> Items
    {
        get
        {
            if (Volatile.Read(ref _items) is not { } items)
            {
                // Another thread may be done meanwhile, and have let go of the reader.
                items = Volatile.Read(ref _read) is { } read ? [.. read()] : _items!;
                Volatile.Write(ref _items, items);
                Volatile.Write(ref _read, null);
            }

            return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);
        }
    }
}
