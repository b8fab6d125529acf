namespace EdgeRnn.Converter.Boards;

/// <summary>Whether what a program needs is within what a board has.</summary>
public enum Fit
{
    /// <summary>With room to spare.</summary>
    Fits,

    /// <summary>By estimate; more than <see cref="ResourceUse.TightShare"/> of the budget is used, so measure before relying on it.</summary>
    Tight,

    /// <summary>Not by estimate.</summary>
    DoesNotFit,
}
