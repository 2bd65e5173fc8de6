using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>A differential equation, or several, with its domain, conditions and data: what a solver is given. Immutable.</summary>
public sealed record EquationProblem
{
    /// <summary>Names the domain and the unknowns.</summary>
    /// <param name="domain">Where the equations hold.</param>
    /// <param name="unknowns">Names of the unknown functions; <c>u</c>.</param>
    public EquationProblem(Domain domain, params IReadOnlyList<string> unknowns)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(unknowns);
        (Domain, Unknowns) = (domain, unknowns);
        Names = new ProblemNames(domain.Variables, unknowns);
    }

    /// <summary>What the problem is called.</summary>
    public string Name { get; init; } = "problem";

    /// <summary>Where the equations hold.</summary>
    public Domain Domain { get; }

    /// <summary>The unknown functions.</summary>
    public IReadOnlyList<string> Unknowns { get; }

    /// <summary>What is to be zero inside the domain; one residual for each unknown, as a rule.</summary>
    public IReadOnlyList<Residual> Equations { get; init; } = [];

    /// <summary>Boundary and initial conditions.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Measurements that the solution is to agree with; none by default.</summary>
    public IReadOnlyList<Observations> Data { get; init; } = [];

    /// <summary>Numbers in the equations to be identified, with starting values; none by default.</summary>
    public IReadOnlyList<UnknownCoefficient> Coefficients
    {
        get;
        init
        {
            field = value ?? throw new ArgumentNullException(nameof(value));
            Names = new ProblemNames(Domain.Variables, Unknowns, value.Select(coefficient => coefficient.Name));
        }
    } = [];

    /// <summary>
    /// Further inputs of the network, functions of the variables that the solution is known to look like somewhere: <c>r^(2/3)·sin(2θ/3)</c> at a corner, a wave front.
    /// They are functions of the point, so equations and conditions stay as they are. None by default.
    /// </summary>
    public IReadOnlyDictionary<string, Expression> Features { get; init; } = new Dictionary<string, Expression>();

    /// <summary>
    /// A known part of an unknown, such as the singular function of a corner: the network learns what is left. Equations, conditions and data stay those of the whole.
    /// None by default.
    /// </summary>
    public IReadOnlyDictionary<string, Expression> KnownParts { get; init; } = new Dictionary<string, Expression>();

    /// <summary>Known solutions by unknown, to measure errors against; none by default.</summary>
    public IReadOnlyDictionary<string, Expression> Reference { get; init; } = new Dictionary<string, Expression>();

    /// <summary>The meaning of the names.</summary>
    public ProblemNames Names { get; private init; }
}
