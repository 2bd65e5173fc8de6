using System.Diagnostics.CodeAnalysis;

namespace KanSharp.Numerics;

/// <summary>Length checks of the drivers.</summary>
internal static class SpanChecks
{
    public static void SameLength(int expected, int actual, string name)
    {
        if (expected != actual)
            ThrowLength(expected, actual, name);
    }

    public static void NotEmpty(int length, string name)
    {
        if (length == 0)
            throw new ArgumentException($"'{name}' is empty; at least one value is needed.", name);
    }

    [DoesNotReturn]
    private static void ThrowLength(int expected, int actual, string name) =>
        throw new ArgumentException($"'{name}' has {actual} elements, but {expected} are needed to match the first argument.", name);
}
