namespace EdgeRnn.Converter.Verify;

/// <summary>How the axes of an array of steps stand in its file; answers are written back the same way.</summary>
public enum ArrayLayout
{
    /// <summary>[steps, features], one sequence.</summary>
    StepsFeatures,

    /// <summary>[batch, steps, features].</summary>
    BatchFirst,

    /// <summary>[steps, batch, features].</summary>
    StepsFirst,
}
