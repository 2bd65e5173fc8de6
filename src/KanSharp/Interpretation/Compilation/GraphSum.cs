namespace KanSharp.Interpretation.Compilation;

/// <summary>A sub-node: a sum of edges and a constant.</summary>
internal sealed class GraphSum
{
    private readonly List<GraphTerm> _terms = [];

    public GraphSum(params IEnumerable<GraphTerm> terms) => _terms.AddRange(terms);

    public IReadOnlyList<GraphTerm> Terms => _terms;

    public double Constant { get; set; }

    /// <summary>The first level where the sum can stand: one more than its sources, and one more still where two edges would lead from one input.</summary>
    public int Level
    {
        get
        {
            int level = 1 + _terms.Select(term => term.Source.Level).DefaultIfEmpty(0).Max();
            return level == 1 && _terms.DistinctBy(term => term.Source).Count() < _terms.Count ? 2 : level;
        }
    }

    /// <summary>Adds an edge; edges that differ by a factor become one.</summary>
    public void Add(GraphTerm term)
    {
        int like = _terms.FindIndex(term.IsLike);
        if (like < 0)
            _terms.Add(term);
        else
            _terms[like] = term with { C = _terms[like].C + term.C };
        _terms.RemoveAll(entry => entry.C == 0);
    }
}
