using System.Diagnostics.CodeAnalysis;

namespace CccRules.Runtime.Facts;

/// <summary>
/// A fact in an application's own type, for fields that rules declare <c>or none</c>: not known, known not to be there, or a
/// value. A plain <c>T?</c> has no room for the second of these. The default is "not known".
/// </summary>
/// <remarks>
/// <code>public Fact&lt;DateOnly&gt; SoldOn { get; init; } = Fact&lt;DateOnly&gt;.None; // it has not been sold</code>
/// </remarks>
/// <typeparam name="T">What the property would be declared as without this: <see cref="DateOnly"/>, <see cref="decimal"/>, an enumeration.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "`Fact<DateOnly>.None` says in one word which fact is not there.")]
public readonly struct Fact<T> : IEquatable<Fact<T>>
{
    private readonly T _value;
    private readonly FactState _state;

    private Fact(FactState state, T value)
    {
        _state = state;
        _value = value;
    }

    /// <summary>The fact is not known: it can still turn out to be anything.</summary>
    public static Fact<T> Missing => default;

    /// <summary>The fact is known not to be there.</summary>
    public static Fact<T> None => new(FactState.None, default!);

    /// <summary>Which of the three it is.</summary>
    public FactState State => _state;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The fact has no value; see <see cref="State"/>.</exception>
    public T Value => _state == FactState.Value ? _value : throw new InvalidOperationException("The fact has no value: it is missing or none.");

    /// <summary>A fact with a value; a null reference gives <see cref="Missing"/>.</summary>
    public static Fact<T> Of(T value) => value is null ? Missing : new(FactState.Value, value);

    /// <inheritdoc cref="Of"/>
    public static implicit operator Fact<T>(T value) => Of(value);

    public static bool operator ==(Fact<T> left, Fact<T> right) => left.Equals(right);

    public static bool operator !=(Fact<T> left, Fact<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Fact<T> other) => _state == other._state && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fact<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_state, _value);

    /// <summary>The value in words; <c>missing</c> or <c>none</c> without one.</summary>
    public override string ToString() => _state switch
    {
        FactState.Missing => "missing",
        FactState.None => "none",
        _ => $"{_value}",
    };
}

/// <summary>What is known of a fact.</summary>
public enum FactState : byte
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>That it is not there.</summary>
    None,

    /// <summary>Its value.</summary>
    Value,
}
