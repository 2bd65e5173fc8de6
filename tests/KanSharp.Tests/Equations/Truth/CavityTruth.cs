namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// The driven cavity at Re = 100 by finite differences: the equation of the stream function, ψ_y·Δψ_x − ψ_x·Δψ_y = ΔΔψ/Re, with central differences of second order on a
/// uniform grid, the walls by mirror points, Newton's method.
/// </summary>
internal sealed class CavityTruth
{
    private const double Reynolds = 100;
    private const int Stencil = 8;

    private readonly int _intervals;
    private readonly double[,] _psi;

    /// <param name="intervals">Intervals N of each side.</param>
    public CavityTruth(int intervals)
    {
        _intervals = intervals;
        _psi = new double[intervals + 1, intervals + 1];
        int inner = intervals - 1;
        for (double change = 1; change > 1e-11;)
        {
            var matrix = new BandedMatrix(inner * inner, 2 * inner);
            var step = new double[inner * inner];
            for (int i = 1; i <= inner; i++)
            {
                for (int j = 1; j <= inner; j++)
                    step[Index(i, j)] = -Linearize(i, j, matrix);
            }

            matrix.Factor();
            matrix.Solve(step);
            change = step.Max(Math.Abs);
            for (int i = 1; i <= inner; i++)
            {
                for (int j = 1; j <= inner; j++)
                    _psi[i, j] += step[Index(i, j)];
            }
        }
    }

    /// <summary>ψ at the centre.</summary>
    public double Centre => _psi[_intervals / 2, _intervals / 2];

    /// <summary>ψ_y on the line x = 1/2.</summary>
    public double U(double y) => Slope(index => _psi[_intervals / 2, index], y);

    /// <summary>−ψ_x on the line y = 1/2.</summary>
    public double V(double x) => -Slope(index => _psi[index, _intervals / 2], x);

    /// <summary>What two grids give together, for a quantity whose error falls like the square of the spacing.</summary>
    public static double Extrapolate(CavityTruth coarse, CavityTruth fine, Func<CavityTruth, double> quantity)
    {
        double ratio = (double)fine._intervals / coarse._intervals;
        return quantity(fine) + (quantity(fine) - quantity(coarse)) / (ratio * ratio - 1);
    }

    private int Index(int i, int j) => (i - 1) * (_intervals - 1) + j - 1;

    /// <summary>ψ, mirrored beyond the walls; the lid y = 1 moves at speed 1.</summary>
    private double Psi(int i, int j) => (i, j) switch
    {
        (-1, _) => _psi[1, j],
        (_, -1) => _psi[i, 1],
        _ when i > _intervals => _psi[_intervals - 1, j],
        _ when j > _intervals => _psi[i, _intervals - 1] + 2.0 / _intervals,
        _ => _psi[i, j],
    };

    /// <summary>The residual at a point, times h⁴, and its derivatives.</summary>
    private double Linearize(int i, int j, BandedMatrix matrix)
    {
        int row = Index(i, j);
        // differences without their powers of h; ψ_y·Δψ_x has h⁴ too
        double px = (Psi(i + 1, j) - Psi(i - 1, j)) / 2, py = (Psi(i, j + 1) - Psi(i, j - 1)) / 2;
        double lx = (Laplace(i + 1, j) - Laplace(i - 1, j)) / 2, ly = (Laplace(i, j + 1) - Laplace(i, j - 1)) / 2;
        double biharmonic = Laplace(i + 1, j) + Laplace(i - 1, j) + Laplace(i, j + 1) + Laplace(i, j - 1) - 4 * Laplace(i, j);
        AddPsi(i + 1, j, -ly / 2);
        AddPsi(i - 1, j, ly / 2);
        AddPsi(i, j + 1, lx / 2);
        AddPsi(i, j - 1, -lx / 2);
        AddLaplace(i + 1, j, py / 2 - 1 / Reynolds);
        AddLaplace(i - 1, j, -py / 2 - 1 / Reynolds);
        AddLaplace(i, j + 1, -px / 2 - 1 / Reynolds);
        AddLaplace(i, j - 1, px / 2 - 1 / Reynolds);
        AddLaplace(i, j, 4 / Reynolds);
        return py * lx - px * ly - biharmonic / Reynolds;

        void AddLaplace(int a, int b, double weight)
        {
            AddPsi(a + 1, b, weight);
            AddPsi(a - 1, b, weight);
            AddPsi(a, b + 1, weight);
            AddPsi(a, b - 1, weight);
            AddPsi(a, b, -4 * weight);
        }

        void AddPsi(int a, int b, double weight)
        {
            (a, b) = (Mirror(a), Mirror(b));
            if (a > 0 && b > 0 && a < _intervals && b < _intervals)
                matrix[row, Index(a, b)] += weight;
        }
    }

    private double Laplace(int i, int j) => Psi(i + 1, j) + Psi(i - 1, j) + Psi(i, j + 1) + Psi(i, j - 1) - 4 * Psi(i, j);

    private int Mirror(int index) => index < 0 ? 1 : index > _intervals ? _intervals - 1 : index;

    /// <summary>Derivative of the polynomial through eight values.</summary>
    private double Slope(Func<int, double> values, double place)
    {
        double at = place * _intervals;
        int first = Math.Clamp((int)at - Stencil / 2 + 1, 0, _intervals + 1 - Stencil);
        double sum = 0;
        for (int index = first; index < first + Stencil; index++)
        {
            for (int skipped = first; skipped < first + Stencil; skipped++)
            {
                if (skipped == index)
                    continue;
                double product = 1.0 / (index - skipped);
                for (int other = first; other < first + Stencil; other++)
                    product *= other == index || other == skipped ? 1 : (at - other) / (index - other);
                sum += values(index) * product;
            }
        }

        return sum * _intervals;
    }
}
