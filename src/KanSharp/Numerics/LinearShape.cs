namespace KanSharp.Numerics;

/// <summary>The one check of the linear algebra's public entries: a span holds exactly a row-major matrix.</summary>
internal static class LinearShape
{
    public static void Check(int length, int rows, int columns, string name)
    {
        if (rows < 0 || columns < 0)
        {
            throw new ArgumentOutOfRangeException(
                name, $"Matrix {name} was given the shape [{rows} × {columns}]; neither number may be negative.");
        }

        if (length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"Matrix {name} has {length} elements, but the shape [{rows} × {columns}] needs {(long)rows * columns} (row-major, no padding).",
                name);
        }
    }
}
