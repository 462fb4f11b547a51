using System.Numerics;

namespace CccRules.Compiler.Reference;

/// <summary>
/// A unit of measurement. One of it is exactly <see cref="Numerator"/> / <see cref="Denominator"/> of its dimension's base
/// unit, in lowest terms and positive. Units of one dimension convert into each other.
/// </summary>
/// <param name="Symbol">As written in rules; case counts.</param>
/// <param name="Dimension">What it measures, as <c>power</c> or <c>apparent power</c>.</param>
/// <param name="Numerator">Of the factor to the base unit.</param>
/// <param name="Denominator">Of the factor to the base unit.</param>
/// <param name="Name">In English, as <c>kilowatt hour</c>.</param>
internal sealed record Unit(string Symbol, string Dimension, BigInteger Numerator, BigInteger Denominator, string Name);
