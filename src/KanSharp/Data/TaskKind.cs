namespace KanSharp.Data;

/// <summary>What is to be learned from the data.</summary>
public enum TaskKind
{
    /// <summary>One or several numbers for each sample.</summary>
    Regression,

    /// <summary>One of several classes for each sample; two classes make the task binary.</summary>
    Classification,
}
