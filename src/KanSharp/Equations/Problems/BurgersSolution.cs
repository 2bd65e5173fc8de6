using KanSharp.Autodiff;

namespace KanSharp.Equations.Problems;

/// <summary>
/// The solution of u_t + u·u_x = ν·u_xx with u(x, 0) = −sin(πx), u(±1, t) = 0 (C. Basdevant et al., "Spectral and finite difference solutions of the Burgers equation",
/// Computers and Fluids 14 (1986) 23): with the transformation of Cole and Hopf, u = −∫ sin(π(x − η))·w dη / ∫ w dη with w = exp(−cos(π(x − η))/(2πν) − η²/(4νt)).
/// </summary>
/// <remarks>
/// With η = s·√(4νt) the trapezoidal rule converges like a Fourier series, because w is analytic and decays like a normal density; the largest exponent is subtracted
/// before anything is raised. Points [N, 2] are (x, t).
/// </remarks>
internal sealed class BurgersSolution
{
    private readonly double _viscosity;
    private readonly int _nodes;
    private readonly double _range;

    /// <param name="viscosity">ν.</param>
    /// <param name="nodes">Nodes of the trapezoidal rule.</param>
    public BurgersSolution(double viscosity, int nodes = 400)
    {
        (_viscosity, _nodes) = (viscosity, nodes);
        // where exp(−s²) has fallen below the smallest value that exp(−cos/(2πν)) could lift it from
        _range = Math.Sqrt(40 + 1 / (Math.PI * viscosity));
    }

    /// <summary>ν = 0.01/π.</summary>
    public static BurgersSolution Standard { get; } = new(0.01 / Math.PI);

    /// <summary>The solution at points.</summary>
    /// <param name="points">[N, 2], x and t.</param>
    /// <returns>[N, 1].</returns>
    public Tensor<double> Evaluate(Tensor<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var values = new Tensor<double>(new Shape(points.Shape.Rows, 1));
        for (int row = 0; row < points.Shape.Rows; row++)
            values[row, 0] = Value(points[row, 0], points[row, 1]);
        return values;
    }

    /// <summary>u(x, t).</summary>
    public double Value(double x, double t)
    {
        double width = Math.Sqrt(4 * _viscosity * Math.Max(0, t)), step = 2 * _range / (_nodes - 1);
        double largest = double.NegativeInfinity;
        for (int node = 0; node < _nodes; node++)
            largest = Math.Max(largest, Exponent(node).Value);
        double top = 0, bottom = 0;
        for (int node = 0; node < _nodes; node++)
        {
            (double exponent, double place) = Exponent(node);
            double weight = Math.Exp(exponent - largest);
            top += weight * Math.Sin(Math.PI * place);
            bottom += weight;
        }

        return -top / bottom;

        (double Value, double Place) Exponent(int node)
        {
            double s = step * node - _range, place = x - width * s;
            return (-Math.Cos(Math.PI * place) / (2 * Math.PI * _viscosity) - s * s, place);
        }
    }
}
