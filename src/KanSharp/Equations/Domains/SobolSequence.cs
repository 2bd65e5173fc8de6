namespace KanSharp.Equations.Domains;

/// <summary>
/// Sobol's sequence in base 2 with the direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
/// two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6, dimensions 1 to 16.
/// </summary>
/// <remarks>Points come in the Gray code order of I. A. Antonov and V. M. Saleev (1979), as 32 bits of a fraction each.</remarks>
internal static class SobolSequence
{
    /// <summary>Most axes.</summary>
    public const int MaximumDimension = 16;

    private const int Bits = 32;

    // Degree s and inner coefficients a of the primitive polynomial, initial numbers m_1..m_s; from the second axis.
    private static readonly (int Degree, int Coefficients, uint[] Initial)[] Table =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]),
        (5, 7, [1, 1, 7, 11, 19]),
        (5, 11, [1, 1, 5, 1, 1]),
        (5, 13, [1, 1, 1, 3, 11]),
        (5, 14, [1, 3, 5, 5, 31]),
        (6, 1, [1, 3, 3, 9, 7, 49]),
        (6, 13, [1, 1, 1, 15, 21, 21]),
        (6, 16, [1, 3, 1, 13, 27, 49]),
    ];

    /// <summary>The points of indices <paramref name="first"/> and following, row-major [count × dimension]; index 0 is the origin.</summary>
    public static uint[] Points(int count, int dimension, int first)
    {
        var points = new uint[checked(count * dimension)];
        for (int axis = 0; axis < dimension; axis++)
        {
            uint[] directions = Directions(axis);
            uint value = 0;
            for (int index = 0; index < first + count; index++)
            {
                if (index > 0)
                    value ^= directions[int.TrailingZeroCount(index)];
                if (index >= first)
                    points[(index - first) * dimension + axis] = value;
            }
        }

        return points;
    }

    /// <summary>Direction numbers v_1..v_32 of an axis, as fractions of 2³².</summary>
    public static uint[] Directions(int axis)
    {
        var directions = new uint[Bits];
        if (axis == 0)
        {
            for (int bit = 0; bit < Bits; bit++)
                directions[bit] = 1U << (Bits - 1 - bit);
            return directions;
        }

        (int degree, int coefficients, uint[] initial) = Table[axis - 1];
        for (int bit = 0; bit < Bits; bit++)
        {
            if (bit < degree)
            {
                directions[bit] = initial[bit] << (Bits - 1 - bit);
                continue;
            }

            uint value = directions[bit - degree] ^ (directions[bit - degree] >> degree);
            for (int k = 1; k < degree; k++)
            {
                if ((coefficients >> (degree - 1 - k) & 1) == 1)
                    value ^= directions[bit - k];
            }

            directions[bit] = value;
        }

        return directions;
    }
}
