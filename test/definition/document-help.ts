// Help texts as the document of the platform's Python client prints them.

export const imported = `\
Imported:
  facet_arguments:
    dataset_id: TEXT | None
    use_raw_file: BOOLEAN | None
    script: TEXT
    libraries: list[TEXT]
    file_type: TEXT  options=[csv|xlsx|xls]
    header: BOOLEAN = True
    column_names: list[TEXT]
    header_row_number: NUMBER
    sheet_name: TEXT
    data_types: list[MAP] = [{
      column_name: TEXT | None
      data_formats: list[MAP] = [{
        key: TEXT | None
        value: TEXT | None
      }]
      data_type: TEXT | None  options=[CATEGORICAL|NUMERIC|TEXT|TIME]
    }]`;

export const aiCast = `\
Ai Cast:
    keywords: ['AI', 'cast', 'time series', 'auto', 'ML', 'AiCast']
    sub-model types:
      Base:
        keywords: ['base']
        metrics:
          feature_importance: {}
          performance: {
            '0': {
              'name': 'weighted_mean_absolute_percentage_error',
              'parameters': {
                '0': {
                  'default_value': 0.5,
                  'have_options': False,
                  'is_deprecated': False,
                  'is_hidden': False,
                  'is_list': False,
                  'name': 'overforecast_weight',
                  'options': [],
                  'parameter_type': 'NUMBER'
                }
              },
              'target_column_data_types': ['NUMERIC', 'TIME']
            },
            '1': {
              'name': 'mean_absolute_percentage_error',
              'parameters': {
                '0': {
                  'default_value': 0.5,
                  'have_options': False,
                  'is_deprecated': False,
                  'is_hidden': False,
                  'is_list': False,
                  'name': 'overforecast_weight',
                  'options': [],
                  'parameter_type': 'NUMBER'
                }
              },
              'target_column_data_types': ['NUMERIC', 'TIME']
            },
            '2': {
              'name': 'mean_absolute_error',
              'parameters': {
                '0': {
                  'default_value': 0.5,
                  'have_options': False,
                  'is_deprecated': False,
                  'is_hidden': False,
                  'is_list': False,
                  'name': 'overforecast_weight',
                  'options': [],
                  'parameter_type': 'NUMBER'
                }
              },
              'target_column_data_types': ['NUMERIC', 'TIME']
            },
            '3': {
              'name': 'mean_squared_error',
              'parameters': {
                '0': {
                  'default_value': 0.5,
                  'have_options': False,
                  'is_deprecated': False,
                  'is_hidden': False,
                  'is_list': False,
                  'name': 'overforecast_weight',
                  'options': [],
                  'parameter_type': 'NUMBER'
                }
              },
              'target_column_data_types': ['NUMERIC', 'TIME']
            }
          }
        parameters:
            time_column: TEXT
            identifier_columns: list[TEXT]
            value_column: TEXT
            mode: TEXT = 'train'  options=[
                train|fine_tune|inference|retrain_inference
            ]

        hyperparameters:
            type: TEXT = 'base'  options=[base|hierarchical]
            hierarchical_type: TEXT = 'bottom_up'  options=[
                bottom_up|top_down|spatio_temporal_hierarchical|
                spatio_temporal_grouped|spatio_hierarchical|spatio_grouped
            ]
            models_to_include: list[TEXT] = ['Additive', 'Lgmt1', 'Sma',
                                             'Sarimax']  options=[
                Additive|Sma|Deepar|Lgmt1|Last_Interval|Lgm-S|Lgbm|Random_Forest|
                Lasso|Holt_Winters|Croston|Sarimax
            ]
            eval_method: TEXT = 'cv'  options=[cv|holdout]
            time_budget: NUMBER = 100
            computation_budget: NUMBER = 100
            enable_parallel_processing: BOOLEAN = False
            best_model_only: BOOLEAN = True
            confidence: NUMBER = 0.7
            fine_tune: list[MAP] = {
                filter: list[TEXT] = ''
            }
            include_reals: BOOLEAN = True
            nonnegative: BOOLEAN = False
            interval_to_predict: NUMBER = 10
            metric: TEXT = 'mean_absolute_percentage_error'  options=[
                mean_absolute_percentage_error|mean_absolute_error|
                mean_squared_error|weighted_mean_absolute_percentage_error
            ]`;

export const lasso = `\
Lasso:
  keywords: ['lasso', 'linear']
  metrics:
    feature_importance:
      {
        '0': {'name': 'shapley'},
        '1': {'name': 'permutation'},
        '2': {'name': 'linear_base'}
      }
    performance:
      {
        '0': {
          'name': 'r2',
          'parameters': {},
          'target_column_data_types': ['NUMERIC', 'TIME']
        },
        '1': {
          'name': 'neg_mean_absolute_error',
          'parameters': {},
          'target_column_data_types': ['NUMERIC', 'TIME']
        },
        '2': {
          'name': 'neg_mean_squared_error',
          'parameters': {},
          'target_column_data_types': ['NUMERIC', 'TIME']
        },
        '3': {
          'name': 'accuracy',
          'parameters': {},
          'target_column_data_types': ['TEXT', 'CATEGORICAL']
        },
        '4': {
          'name': 'balanced_accuracy',
          'parameters': {},
          'target_column_data_types': ['TEXT', 'CATEGORICAL']
        }
      }
  parameters:
    target_column: TEXT
  hyperparameters:
    alpha: NUMBER = 1`;
